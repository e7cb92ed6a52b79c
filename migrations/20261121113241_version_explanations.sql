CREATE TABLE "version_explanations" (
	"model" text NOT NULL,
	"version" text NOT NULL,
	"artifact" text,
	"means" double precision[],
	"dataset_version" text NOT NULL,
	CONSTRAINT "version_explanations_model_version_pk" PRIMARY KEY("model","version")
);
--> statement-breakpoint
ALTER TABLE "version_explanations" ADD CONSTRAINT "version_explanations_model_version_model_versions_model_version_fk" FOREIGN KEY ("model","version") REFERENCES "public"."model_versions"("model","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "version_explanations_dataset" ON "version_explanations" USING btree ("dataset_version");