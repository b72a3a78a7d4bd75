-- By hand: what schema.prisma cannot declare. See docs/decisions/0027-the-second-wall.md.
ALTER TABLE "csv_duplicate_key" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "csv_duplicate_key" USING ("merchant_id" = "current_merchant"());
SELECT "build_wall"();
