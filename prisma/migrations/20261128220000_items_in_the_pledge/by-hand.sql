-- By hand: what schema.prisma cannot declare.

-- A pledge's items move into its row (docs/decisions/0012-a-pledge-holds-its-items.md).
UPDATE "pledge" SET
  "items" = coalesce(held."items", '{}'),
  -- A row's fingerprint is of its items as they are now, no longer of their digest.
  "told_digest" = NULL
FROM "pledge" AS each LEFT JOIN (
  SELECT "pledge_id", jsonb_object_agg("product_id",
    jsonb_strip_nulls(jsonb_build_object('quantity', "quantity", 'unitPrice', "unit_price"::text))) AS "items"
  FROM "pledge_item" GROUP BY 1) AS held ON held."pledge_id" = each."id"
WHERE "pledge"."id" = each."id" AND (each."items_digest" IS NOT NULL OR held."items" IS NOT NULL);

UPDATE "pledge" SET "fills" = "fills" - 'items_digest' || jsonb_build_object('items', "fills" -> 'items_digest')
WHERE "fills" ? 'items_digest';

DROP TABLE "pledge_item";

-- For people who read SQL.
CREATE VIEW "pledge_item" AS
  SELECT "pledge"."id" AS "pledge_id", item.key::uuid AS "product_id",
    (item.value ->> 'quantity')::integer AS "quantity", (item.value ->> 'unitPrice')::numeric(19,4) AS "unit_price"
  FROM "pledge", jsonb_each("pledge"."items") AS item;

-- What the foreign key to products and the check of the quantity did for each item, now once for each INSERT.
--
-- The products are locked against removal until commit, as a foreign key does it. Without a lock one transaction can
-- remove a product while another one writes a pledge that names it, and neither sees the other.
CREATE FUNCTION "refuse_wrong_items"("campaigns" uuid[], "products" uuid[], "quantities" integer[])
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  wrong record;
BEGIN
  PERFORM 1 FROM "product" WHERE "id" = ANY ("products") ORDER BY "id" FOR KEY SHARE;
  SELECT named.*, "product"."campaign_id" AS home INTO wrong
  FROM unnest("campaigns", "products", "quantities") AS named ("campaign_id", "product_id", "quantity")
  LEFT JOIN "product" ON "product"."id" = named."product_id"
  WHERE "product"."campaign_id" IS DISTINCT FROM named."campaign_id" OR named."quantity" < 1
  LIMIT 1;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF wrong.home IS DISTINCT FROM wrong."campaign_id" THEN
    RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'pledge_items_product', TABLE = 'pledge',
      MESSAGE = format('A pledge of campaign %s names product %s, which is not there', wrong."campaign_id", wrong."product_id");
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pledge_items_quantity', TABLE = 'pledge',
    MESSAGE = format('A pledge holds %s of product %s: a quantity is 1 or more', wrong."quantity", wrong."product_id");
END
$$;

-- Thousands of pledges name a few products: only each of them is looked up. HAVING is always true:
-- it reads each price to see that it is one.
CREATE FUNCTION "check_inserted_items"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "refuse_wrong_items"(array_agg("campaign_id"), array_agg("product_id"::uuid), array_agg("quantity"))
  FROM (
    SELECT "campaign_id", item.key AS "product_id", min(coalesce((item.value ->> 'quantity')::integer, 0)) AS "quantity"
    FROM "new_rows", jsonb_each("items") AS item GROUP BY 1, 2
    HAVING count((item.value ->> 'unitPrice')::numeric(19,4)) >= 0) AS named;
  RETURN NULL;
END
$$;

-- Row by row: hardly any update changes the items, and a table of all updated rows would be made for each statement.
CREATE FUNCTION "check_updated_items"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "refuse_wrong_items"(array_agg(NEW."campaign_id"), array_agg(item.key::uuid),
    array_agg(coalesce((item.value ->> 'quantity')::integer, 0)))
  FROM jsonb_each(NEW."items") AS item
  HAVING count((item.value ->> 'unitPrice')::numeric(19,4)) >= 0;
  RETURN NULL;
END
$$;

CREATE TRIGGER "pledge_inserted_items" AFTER INSERT ON "pledge"
  REFERENCING NEW TABLE AS "new_rows" FOR EACH STATEMENT EXECUTE FUNCTION "check_inserted_items"();
CREATE TRIGGER "pledge_updated_items" AFTER UPDATE OF "items", "campaign_id" ON "pledge"
  FOR EACH ROW WHEN (NEW."items" IS DISTINCT FROM OLD."items" OR NEW."campaign_id" IS DISTINCT FROM OLD."campaign_id")
  EXECUTE FUNCTION "check_updated_items"();

-- At commit: when a campaign is removed, its pledges may go after its products.
CREATE FUNCTION "refuse_removal_of_named_product"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "campaign" WHERE "id" = OLD."campaign_id") THEN
    RETURN NULL;
  END IF;
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION USING ERRCODE = 'feature_not_supported',
      MESSAGE = format('Product %s may be removed in a transaction of READ COMMITTED only', OLD."id"),
      HINT = 'Other transactions do not see pledges that were written since they began.';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM "product" WHERE "id" = OLD."id" AND "campaign_id" = OLD."campaign_id")
    AND EXISTS (SELECT 1 FROM "pledge" WHERE "campaign_id" = OLD."campaign_id" AND "items" ? OLD."id"::text) THEN
    RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'pledge_items_product', TABLE = 'pledge',
      MESSAGE = format('Pledges of campaign %s name product %s', OLD."campaign_id", OLD."id");
  END IF;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "product_named_by_pledges" AFTER DELETE OR UPDATE OF "id" ON "product"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "refuse_removal_of_named_product"();

-- The lock that keeps a product in place does not keep it in its campaign.
CREATE FUNCTION "refuse_move_of_product"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
    MESSAGE = format('Product %s stays in campaign %s', OLD."id", OLD."campaign_id");
END
$$;

CREATE TRIGGER "product_of_one_campaign" BEFORE UPDATE OF "campaign_id" ON "product"
  FOR EACH ROW WHEN (NEW."campaign_id" IS DISTINCT FROM OLD."campaign_id") EXECUTE FUNCTION "refuse_move_of_product"();

-- For workers of the release before, which go on writing until they are replaced. All of it goes with the next release:
-- they write the view, and compare digests of items.
CREATE FUNCTION "write_pledge_item"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE "pledge" SET "items" = "items" - OLD."product_id"::text WHERE "id" = OLD."pledge_id";
    RETURN OLD;
  END IF;
  UPDATE "pledge" SET "items" = coalesce("items", '{}') || jsonb_build_object(NEW."product_id",
    jsonb_strip_nulls(jsonb_build_object('quantity', NEW."quantity", 'unitPrice', NEW."unit_price"::numeric(19,4)::text)))
  WHERE "id" = NEW."pledge_id";
  RETURN NEW;
END
$$;

CREATE TRIGGER "pledge_item_write" INSTEAD OF INSERT OR DELETE ON "pledge_item"
  FOR EACH ROW EXECUTE FUNCTION "write_pledge_item"();

-- New workers give a set of items no digest: to old ones it then is another set than any that they know.
CREATE FUNCTION "renew_items_digest"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."items_digest" := gen_random_uuid();
  RETURN NEW;
END
$$;

CREATE TRIGGER "pledge_items_digest" BEFORE UPDATE ON "pledge"
  FOR EACH ROW WHEN (pg_trigger_depth() = 0 AND NEW."items" IS DISTINCT FROM OLD."items"
    AND NEW."items_digest" IS NOT DISTINCT FROM OLD."items_digest")
  EXECUTE FUNCTION "renew_items_digest"();
