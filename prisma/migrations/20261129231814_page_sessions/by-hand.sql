-- By hand: what schema.prisma cannot declare. See docs/decisions/0027-the-second-wall.md.
ALTER TABLE "page_session" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "page_session" USING (EXISTS (SELECT FROM "api_key" WHERE "api_key"."id" = "key_id"));
SELECT "build_wall"();
