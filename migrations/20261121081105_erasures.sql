CREATE TABLE "erased_versions" (
	"dataset_version" text PRIMARY KEY NOT NULL,
	"replaced_by" text NOT NULL,
	"n_left_out" integer NOT NULL,
	"erased_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"sealed" "bytea",
	"reason" text NOT NULL,
	"requested_by" text NOT NULL,
	"run_id" text,
	"report" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "erased_versions" ADD CONSTRAINT "erased_versions_dataset_version_dataset_versions_id_fk" FOREIGN KEY ("dataset_version") REFERENCES "public"."dataset_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "erasures_created" ON "erasures" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "erasures_under_way" ON "erasures" USING btree ("subject") WHERE finished_at is null;