CREATE TABLE "gate_waivers" (
	"run_id" text NOT NULL,
	"gate" text NOT NULL,
	"actor" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"own_work" boolean NOT NULL,
	CONSTRAINT "gate_waivers_run_id_gate_pk" PRIMARY KEY("run_id","gate")
);
