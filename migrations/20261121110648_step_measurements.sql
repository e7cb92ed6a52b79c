CREATE TABLE "step_measurements" (
	"run_id" text NOT NULL,
	"seq" integer NOT NULL,
	"step" text NOT NULL,
	"attempt" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"series" jsonb NOT NULL,
	"points" jsonb NOT NULL,
	CONSTRAINT "step_measurements_run_id_seq_pk" PRIMARY KEY("run_id","seq")
);
