DROP TABLE "quarantined_rows" CASCADE;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "parent" text;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "source_facts" jsonb;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "profile_artifact" text;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "findings_artifact" text;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "quarantine_artifact" text;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "corrections_artifact" text;