-- CreateTable
CREATE TABLE "resumable_file" (
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "size" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "upload_id" UUID,
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "lease_wanted" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "resumable_file_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "resumable_file_merchant_id_idx" ON "resumable_file"("merchant_id");

-- CreateIndex
CREATE INDEX "resumable_file_expires_at_idx" ON "resumable_file"("expires_at");

-- AddForeignKey
ALTER TABLE "resumable_file" ADD CONSTRAINT "resumable_file_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what schema.prisma cannot declare. See docs/decisions/0027-the-second-wall.md.
ALTER TABLE "resumable_file" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "resumable_file" USING ("merchant_id" = "current_merchant"());
SELECT "build_wall"();
