CREATE TABLE "actors" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"roles" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp with time zone,
	CONSTRAINT "actors_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"actor_id" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "contracts" (
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"digest" text NOT NULL,
	"yaml" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contracts_name_version_pk" PRIMARY KEY("name","version")
);
--> statement-breakpoint
CREATE TABLE "dataset_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"n_rows" integer NOT NULL,
	"n_columns" integer NOT NULL,
	"contract_version" integer NOT NULL,
	"source" text NOT NULL,
	"artifact" text NOT NULL,
	"quality" jsonb NOT NULL,
	"n_quarantined" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quarantined_rows" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"dataset_version" text NOT NULL,
	"row" integer NOT NULL,
	"reasons" jsonb NOT NULL,
	"values" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"actor" text NOT NULL,
	"key" text NOT NULL,
	"route" text NOT NULL,
	"digest" text NOT NULL,
	"status" integer,
	"content_type" text,
	"body" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_actor_key_pk" PRIMARY KEY("actor","key")
);
--> statement-breakpoint
CREATE TABLE "drift_statuses" (
	"model" text NOT NULL,
	"version" text NOT NULL,
	"status" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"n_changes" integer NOT NULL,
	CONSTRAINT "drift_statuses_model_version_pk" PRIMARY KEY("model","version")
);
--> statement-breakpoint
CREATE TABLE "monitoring_references" (
	"model" text NOT NULL,
	"version" text NOT NULL,
	"layout" text NOT NULL,
	"n_rows" bigint NOT NULL,
	"features" jsonb NOT NULL,
	"score" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "monitoring_references_model_version_pk" PRIMARY KEY("model","version")
);
--> statement-breakpoint
CREATE TABLE "pipeline_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"pipeline" text NOT NULL,
	"definition" jsonb NOT NULL,
	"project" text NOT NULL,
	"configuration" jsonb NOT NULL,
	"model" text NOT NULL,
	"state" text NOT NULL,
	"trigger" text NOT NULL,
	"actor" text NOT NULL,
	"commit" jsonb,
	"until_group" text,
	"cancel_requested" boolean DEFAULT false NOT NULL,
	"waiting_for" text,
	"failure" jsonb,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "pipeline_steps" (
	"run_id" text NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"input_hash" text,
	"outputs" jsonb,
	"gates" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"progress" jsonb,
	"error" jsonb,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "pipeline_steps_run_id_name_pk" PRIMARY KEY("run_id","name")
);
--> statement-breakpoint
CREATE TABLE "step_attempts" (
	"run_id" text NOT NULL,
	"step" text NOT NULL,
	"attempt" integer NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"error" jsonb,
	CONSTRAINT "step_attempts_run_id_step_attempt_pk" PRIMARY KEY("run_id","step","attempt")
);
--> statement-breakpoint
CREATE TABLE "step_effects" (
	"run_id" text NOT NULL,
	"step" text NOT NULL,
	"attempt" integer NOT NULL,
	"key" text NOT NULL,
	"result" jsonb,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "step_effects_run_id_step_attempt_key_pk" PRIMARY KEY("run_id","step","attempt","key")
);
--> statement-breakpoint
CREATE TABLE "step_log_heads" (
	"run_id" text PRIMARY KEY NOT NULL,
	"last_seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events_inbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"type" text NOT NULL,
	"actor" text NOT NULL,
	"object" text NOT NULL,
	"data" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "machines" (
	"id" text PRIMARY KEY NOT NULL,
	"role" text NOT NULL,
	"home" text NOT NULL,
	"pid" integer NOT NULL,
	"url" text,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"heartbeat_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "approval_votes" (
	"approval_id" text NOT NULL,
	"actor" text NOT NULL,
	"decision" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"self_approved" boolean NOT NULL,
	"standing" boolean NOT NULL,
	CONSTRAINT "approval_votes_approval_id_actor_pk" PRIMARY KEY("approval_id","actor")
);
--> statement-breakpoint
CREATE TABLE "approvals" (
	"id" text PRIMARY KEY NOT NULL,
	"model" text NOT NULL,
	"version" text NOT NULL,
	"artifact" text NOT NULL,
	"pipeline_run_id" text,
	"policy" text NOT NULL,
	"required" integer NOT NULL,
	"status" text NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"gates" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deployments" (
	"model" text PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"variants" jsonb NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "gate_records" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"subject" text NOT NULL,
	"artifact" text,
	"gate" text NOT NULL,
	"metric" text NOT NULL,
	"verdict" text NOT NULL,
	"result" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "model_versions" (
	"model" text NOT NULL,
	"version" text NOT NULL,
	"stage" text NOT NULL,
	"artifact" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"algorithm" text NOT NULL,
	"signature" jsonb NOT NULL,
	"metrics" jsonb NOT NULL,
	"threshold" double precision NOT NULL,
	"dataset_version" text NOT NULL,
	"run_id" text,
	"pipeline_run_id" text,
	"evidence" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "model_versions_model_version_pk" PRIMARY KEY("model","version")
);
--> statement-breakpoint
CREATE TABLE "models" (
	"name" text PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stage_changes" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"model" text NOT NULL,
	"version" text NOT NULL,
	"from_stage" text,
	"to_stage" text NOT NULL,
	"action" text NOT NULL,
	"actor" text NOT NULL,
	"reason" text NOT NULL,
	"approval_id" text
);
--> statement-breakpoint
CREATE TABLE "outcomes" (
	"prediction_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"label" smallint NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	CONSTRAINT "outcomes_prediction_id_revision_pk" PRIMARY KEY("prediction_id","revision")
);
--> statement-breakpoint
CREATE TABLE "prediction_counts" (
	"model" text NOT NULL,
	"version" text NOT NULL,
	"variant" text NOT NULL,
	"minute" timestamp with time zone NOT NULL,
	"replica" text NOT NULL,
	"n_approved" bigint NOT NULL,
	"n_referred" bigint NOT NULL,
	"n_errors" bigint NOT NULL,
	"n_invalid" bigint NOT NULL,
	"latency" bigint[] NOT NULL,
	"layout" text NOT NULL,
	"bins" bigint[] NOT NULL,
	CONSTRAINT "prediction_counts_model_version_variant_minute_replica_layout_pk" PRIMARY KEY("model","version","variant","minute","replica","layout")
);
--> statement-breakpoint
CREATE TABLE "experiments" (
	"experiment_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"lifecycle_stage" text DEFAULT 'active' NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	CONSTRAINT "experiments_name" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "run_latest_metrics" (
	"run_id" text NOT NULL,
	"key" text NOT NULL,
	"step" bigint NOT NULL,
	"timestamp_ms" bigint NOT NULL,
	"value" double precision NOT NULL,
	CONSTRAINT "run_latest_metrics_run_id_key_pk" PRIMARY KEY("run_id","key")
);
--> statement-breakpoint
CREATE TABLE "run_metrics" (
	"run_id" text NOT NULL,
	"key" text NOT NULL,
	"step" bigint NOT NULL,
	"timestamp_ms" bigint NOT NULL,
	"value" double precision NOT NULL,
	CONSTRAINT "run_metrics_run_id_key_step_timestamp_ms_value_pk" PRIMARY KEY("run_id","key","step","timestamp_ms","value")
);
--> statement-breakpoint
CREATE TABLE "run_params" (
	"run_id" text NOT NULL,
	"key" text NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "run_params_run_id_key_pk" PRIMARY KEY("run_id","key")
);
--> statement-breakpoint
CREATE TABLE "run_tags" (
	"run_id" text NOT NULL,
	"key" text NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "run_tags_run_id_key_pk" PRIMARY KEY("run_id","key")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"run_id" text PRIMARY KEY NOT NULL,
	"experiment_id" text NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"lifecycle_stage" text DEFAULT 'active' NOT NULL,
	"user_id" text NOT NULL,
	"start_time_ms" bigint NOT NULL,
	"end_time_ms" bigint
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quarantined_rows" ADD CONSTRAINT "quarantined_rows_dataset_version_dataset_versions_id_fk" FOREIGN KEY ("dataset_version") REFERENCES "public"."dataset_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pipeline_steps" ADD CONSTRAINT "pipeline_steps_run_id_pipeline_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."pipeline_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_votes" ADD CONSTRAINT "approval_votes_approval_id_approvals_id_fk" FOREIGN KEY ("approval_id") REFERENCES "public"."approvals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_model_version_model_versions_model_version_fk" FOREIGN KEY ("model","version") REFERENCES "public"."model_versions"("model","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_model_models_name_fk" FOREIGN KEY ("model") REFERENCES "public"."models"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_versions" ADD CONSTRAINT "model_versions_model_models_name_fk" FOREIGN KEY ("model") REFERENCES "public"."models"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_changes" ADD CONSTRAINT "stage_changes_approval_id_approvals_id_fk" FOREIGN KEY ("approval_id") REFERENCES "public"."approvals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_changes" ADD CONSTRAINT "stage_changes_model_version_model_versions_model_version_fk" FOREIGN KEY ("model","version") REFERENCES "public"."model_versions"("model","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_latest_metrics" ADD CONSTRAINT "run_latest_metrics_run_id_runs_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("run_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_metrics" ADD CONSTRAINT "run_metrics_run_id_runs_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("run_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_params" ADD CONSTRAINT "run_params_run_id_runs_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("run_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_tags" ADD CONSTRAINT "run_tags_run_id_runs_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("run_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_experiment_id_experiments_experiment_id_fk" FOREIGN KEY ("experiment_id") REFERENCES "public"."experiments"("experiment_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_prefix" ON "api_keys" USING btree ("prefix");--> statement-breakpoint
CREATE INDEX "api_keys_actor" ON "api_keys" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "quarantined_rows_version" ON "quarantined_rows" USING btree ("dataset_version","row");--> statement-breakpoint
CREATE INDEX "pipeline_runs_created" ON "pipeline_runs" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "approvals_version" ON "approvals" USING btree ("model","version");--> statement-breakpoint
CREATE INDEX "approvals_waiting" ON "approvals" USING btree ("expires_at") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "gate_records_subject" ON "gate_records" USING btree ("subject","gate","metric","id");--> statement-breakpoint
CREATE UNIQUE INDEX "model_versions_champion" ON "model_versions" USING btree ("model") WHERE stage = 'production';--> statement-breakpoint
CREATE UNIQUE INDEX "model_versions_of_run" ON "model_versions" USING btree ("model","pipeline_run_id","artifact");--> statement-breakpoint
CREATE INDEX "stage_changes_model" ON "stage_changes" USING btree ("model","id");--> statement-breakpoint
CREATE UNIQUE INDEX "stage_changes_approval" ON "stage_changes" USING btree ("approval_id") WHERE action = 'promote' and to_stage = 'production';--> statement-breakpoint
CREATE INDEX "prediction_counts_minute" ON "prediction_counts" USING btree ("minute");--> statement-breakpoint
CREATE INDEX "runs_start" ON "runs" USING btree ("start_time_ms" DESC NULLS LAST,"run_id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "runs_experiment_start" ON "runs" USING btree ("experiment_id","start_time_ms" DESC NULLS LAST,"run_id" DESC NULLS LAST);