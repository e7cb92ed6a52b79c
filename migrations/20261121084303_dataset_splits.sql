CREATE TABLE "dataset_splits" (
	"dataset_version" text NOT NULL,
	"name" text NOT NULL,
	"method" jsonb NOT NULL,
	"artifact" text NOT NULL,
	"counts" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dataset_splits_dataset_version_name_pk" PRIMARY KEY("dataset_version","name")
);
--> statement-breakpoint
ALTER TABLE "dataset_splits" ADD CONSTRAINT "dataset_splits_dataset_version_dataset_versions_id_fk" FOREIGN KEY ("dataset_version") REFERENCES "public"."dataset_versions"("id") ON DELETE no action ON UPDATE no action;