-- By hand: what schema.prisma cannot declare. See docs/decisions/0027-the-second-wall.md.
--
-- Policies hold for every role but the owner of the tables. So workers, the command line and the release before, which are
-- the owner, see no difference.

-- The merchant of the request. Null, and so nobody, where no request has named one.
CREATE FUNCTION "current_merchant"() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('pledgeline.merchant', true), '')::uuid;

-- Tables that are read for minutes come first, so that the migration holds no other lock while it waits for theirs. A policy
-- that looks into another table sees of it what the policy of that one lets through.
--
-- Records are read by the hundred thousand, so the campaigns of the merchant are looked up once for a statement: ARRAY makes
-- it so. Of chunks, files and attempts a statement reads few, and a merchant may have many uploads: they look up theirs.
ALTER TABLE "pledge" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "pledge"
  USING ("campaign_id" = ANY (ARRAY(SELECT "id" FROM "campaign")));
ALTER TABLE "backer" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "backer"
  USING ("campaign_id" = ANY (ARRAY(SELECT "id" FROM "campaign")));
ALTER TABLE "survey" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "survey"
  USING ("campaign_id" = ANY (ARRAY(SELECT "id" FROM "campaign")));
ALTER TABLE "product" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "product"
  USING ("campaign_id" = ANY (ARRAY(SELECT "id" FROM "campaign")));
ALTER TABLE "inventory" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "inventory"
  USING ("campaign_id" = ANY (ARRAY(SELECT "id" FROM "campaign")));
ALTER TABLE "csv_upload_chunk" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "csv_upload_chunk"
  USING (EXISTS (SELECT FROM "csv_upload" WHERE "csv_upload"."id" = "csv_upload_chunk"."upload_id"));
ALTER TABLE "csv_upload_file" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "csv_upload_file"
  USING (EXISTS (SELECT FROM "csv_upload" WHERE "csv_upload"."id" = "csv_upload_file"."upload_id"));
ALTER TABLE "delivery_attempt" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "delivery_attempt"
  USING (EXISTS (SELECT FROM "delivery" WHERE "delivery"."id" = "delivery_attempt"."delivery_id"));

ALTER TABLE "csv_upload" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "csv_upload" USING ("merchant_id" = "current_merchant"());
ALTER TABLE "campaign" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "campaign" USING ("merchant_id" = "current_merchant"());
ALTER TABLE "mapping_template" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "mapping_template" USING ("merchant_id" = "current_merchant"());
ALTER TABLE "notification" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "notification" USING ("merchant_id" = "current_merchant"());
ALTER TABLE "notification_settings" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "notification_settings" USING ("merchant_id" = "current_merchant"());
ALTER TABLE "webhook_endpoint" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "webhook_endpoint" USING ("merchant_id" = "current_merchant"());
ALTER TABLE "delivery" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "delivery" USING ("merchant_id" = "current_merchant"());
ALTER TABLE "api_key" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "api_key" USING ("merchant_id" = "current_merchant"());
ALTER TABLE "merchant" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "merchant" USING ("id" = "current_merchant"());

-- Makes the role of the API's requests, lets the caller take it, and gives it the rights on every table with policies. What is
-- there already stays. False when the caller may not do it. To be called after each migration that makes a table.
CREATE FUNCTION "build_wall"() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  walled regclass;
  role_before text := current_setting('role');
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pledgeline_api') THEN
    BEGIN
      CREATE ROLE "pledgeline_api" NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      -- Roles belong to the whole server; a migration of another database was faster.
    END;
  END IF;
  BEGIN
    PERFORM set_config('role', 'pledgeline_api', true);
    PERFORM set_config('role', role_before, true);
  EXCEPTION WHEN insufficient_privilege THEN
    EXECUTE format('GRANT "pledgeline_api" TO %I', session_user);
  END;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO "pledgeline_api"', current_schema());
  FOR walled IN
    SELECT oid FROM pg_class WHERE relrowsecurity AND relnamespace = current_schema()::regnamespace
      AND NOT has_table_privilege('pledgeline_api', oid, 'DELETE')
  LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO "pledgeline_api"', walled);
  END LOOP;
  RETURN true;
EXCEPTION WHEN insufficient_privilege THEN
  RETURN false;
END
$$;

SELECT "build_wall"();
