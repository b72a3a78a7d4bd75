-- AlterTable
ALTER TABLE "csv_upload" ADD COLUMN     "expected_bytes" BIGINT;

-- CreateTable
CREATE TABLE "csv_duplicate_key" (
    "merchant_id" UUID NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "upload_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "csv_duplicate_key_pkey" PRIMARY KEY ("merchant_id","idempotency_key")
);

-- CreateIndex
CREATE INDEX "csv_duplicate_key_upload_id_idx" ON "csv_duplicate_key"("upload_id");

-- CreateIndex
CREATE INDEX "csv_upload_content_idx" ON "csv_upload"("campaign_id", "sha256") WHERE (sha256 IS NOT NULL);

-- AddForeignKey
ALTER TABLE "csv_duplicate_key" ADD CONSTRAINT "csv_duplicate_key_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "csv_duplicate_key" ADD CONSTRAINT "csv_duplicate_key_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "csv_upload"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what schema.prisma cannot declare. See docs/decisions/0027-the-second-wall.md.
ALTER TABLE "csv_duplicate_key" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "csv_duplicate_key" USING ("merchant_id" = "current_merchant"());
SELECT "build_wall"();
