-- CreateEnum
CREATE TYPE "UploadStatus" AS ENUM ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'NEEDS_MAPPING', 'CANCELED');

-- CreateEnum
CREATE TYPE "PledgeStatus" AS ENUM ('COLLECTED', 'PENDING', 'ERRORED', 'DROPPED', 'CANCELED', 'REFUNDED');

-- CreateEnum
CREATE TYPE "ProductKind" AS ENUM ('REWARD', 'ADD_ON', 'ITEM');

-- CreateTable
CREATE TABLE "merchant" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "merchant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign" (
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "last_upload_sequence" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "csv_upload" (
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "filename" TEXT,
    "idempotency_key" TEXT,
    "requested_platform" TEXT,
    "platform" TEXT,
    "confidence" DOUBLE PRECISION,
    "detection" JSONB,
    "status" "UploadStatus" NOT NULL DEFAULT 'PENDING',
    "failure_code" TEXT,
    "failure_message" TEXT,
    "byte_count" BIGINT NOT NULL DEFAULT 0,
    "sha256" TEXT,
    "row_count" INTEGER NOT NULL DEFAULT 0,
    "chunk_count" INTEGER NOT NULL DEFAULT 0,
    "statistics" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sealed_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "csv_upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "csv_upload_chunk" (
    "id" UUID NOT NULL,
    "upload_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "first_row" INTEGER NOT NULL,
    "row_count" INTEGER NOT NULL,
    "lines" INTEGER[],
    "data" JSON NOT NULL,
    "status" "UploadStatus" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "attempt_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "imported_count" INTEGER NOT NULL DEFAULT 0,
    "rejected_count" INTEGER NOT NULL DEFAULT 0,
    "result" JSONB,
    "errors" JSONB,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "csv_upload_chunk_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "backer" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "identity" TEXT NOT NULL,
    "email" TEXT,
    "name" TEXT,
    "billing_state" TEXT,
    "billing_country" TEXT,
    "billing_country_raw" TEXT,
    "upload_sequence" INTEGER NOT NULL,
    "row_number" INTEGER NOT NULL,
    "fills" JSONB,
    "base_sequence" INTEGER NOT NULL,
    "base_digest" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "backer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "kind" "ProductKind" NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sku" TEXT,
    "price" DECIMAL(19,4),
    "currency" TEXT,
    "upload_sequence" INTEGER NOT NULL,
    "row_number" INTEGER NOT NULL,
    "fills" JSONB,
    "base_sequence" INTEGER NOT NULL,
    "base_digest" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pledge" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "backer_id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "status" "PledgeStatus",
    "status_raw" TEXT,
    "amount" DECIMAL(19,4),
    "shipping_amount" DECIMAL(19,4),
    "bonus_amount" DECIMAL(19,4),
    "currency" TEXT,
    "pledged_at" TIMESTAMPTZ(3),
    "fulfillment" TEXT,
    "notes" TEXT,
    "shipping_name" TEXT,
    "shipping_address1" TEXT,
    "shipping_address2" TEXT,
    "shipping_city" TEXT,
    "shipping_state" TEXT,
    "shipping_postal_code" TEXT,
    "shipping_country" TEXT,
    "shipping_country_raw" TEXT,
    "shipping_phone" TEXT,
    "delivery_notes" TEXT,
    "extra" JSONB,
    "items_digest" UUID,
    "upload_sequence" INTEGER NOT NULL,
    "row_number" INTEGER NOT NULL,
    "fills" JSONB,
    "base_sequence" INTEGER NOT NULL,
    "base_digest" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pledge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pledge_item" (
    "pledge_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,
    "unit_price" DECIMAL(19,4),

    CONSTRAINT "pledge_item_pkey" PRIMARY KEY ("pledge_id","product_id")
);

-- CreateTable
CREATE TABLE "survey" (
    "pledge_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "answers" JSONB NOT NULL,
    "upload_sequence" INTEGER NOT NULL,
    "row_number" INTEGER NOT NULL,
    "fills" JSONB,
    "base_sequence" INTEGER NOT NULL,
    "base_digest" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "survey_pkey" PRIMARY KEY ("pledge_id")
);

-- CreateTable
CREATE TABLE "inventory" (
    "product_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "on_hand" INTEGER,
    "committed" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inventory_pkey" PRIMARY KEY ("product_id")
);

-- CreateTable
CREATE TABLE "mapping_template" (
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "header_fingerprint" TEXT NOT NULL,
    "mapping" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mapping_template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "upload_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "occurrence" INTEGER NOT NULL DEFAULT 1,
    "message" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_endpoint" (
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "events" TEXT[],
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL,
    "notification_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "response_status" INTEGER,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivered_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "merchant_name_key" ON "merchant"("name");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "api_key_merchant_id_idx" ON "api_key"("merchant_id");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_merchant_id_name_key" ON "campaign"("merchant_id", "name");

-- CreateIndex
CREATE INDEX "csv_upload_merchant_id_id_idx" ON "csv_upload"("merchant_id", "id");

-- CreateIndex
CREATE INDEX "csv_upload_unfinished_idx" ON "csv_upload"("status", "id") WHERE (status = ANY (ARRAY['PENDING'::"UploadStatus", 'PROCESSING'::"UploadStatus"]));

-- CreateIndex
CREATE UNIQUE INDEX "csv_upload_campaign_id_sequence_key" ON "csv_upload"("campaign_id", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "csv_upload_merchant_id_idempotency_key_key" ON "csv_upload"("merchant_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "csv_upload_chunk_upload_id_status_idx" ON "csv_upload_chunk"("upload_id", "status");

-- CreateIndex
CREATE INDEX "csv_upload_chunk_unfinished_idx" ON "csv_upload_chunk"("upload_id", "index") WHERE (status = ANY (ARRAY['PENDING'::"UploadStatus", 'PROCESSING'::"UploadStatus"]));

-- CreateIndex
CREATE UNIQUE INDEX "csv_upload_chunk_upload_id_index_key" ON "csv_upload_chunk"("upload_id", "index");

-- CreateIndex
CREATE INDEX "backer_campaign_id_id_idx" ON "backer"("campaign_id", "id");

-- CreateIndex
CREATE INDEX "product_campaign_id_id_idx" ON "product"("campaign_id", "id");

-- CreateIndex
CREATE INDEX "pledge_campaign_id_id_idx" ON "pledge"("campaign_id", "id");

-- CreateIndex
CREATE INDEX "pledge_backer_id_idx" ON "pledge"("backer_id");

-- CreateIndex
CREATE INDEX "pledge_item_product_id_idx" ON "pledge_item"("product_id");

-- CreateIndex
CREATE INDEX "survey_campaign_id_pledge_id_idx" ON "survey"("campaign_id", "pledge_id");

-- CreateIndex
CREATE INDEX "inventory_campaign_id_product_id_idx" ON "inventory"("campaign_id", "product_id");

-- CreateIndex
CREATE UNIQUE INDEX "mapping_template_merchant_id_header_fingerprint_key" ON "mapping_template"("merchant_id", "header_fingerprint");

-- CreateIndex
CREATE INDEX "notification_merchant_id_id_idx" ON "notification"("merchant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_upload_id_occurrence_key" ON "notification"("upload_id", "occurrence");

-- CreateIndex
CREATE INDEX "webhook_endpoint_merchant_id_idx" ON "webhook_endpoint"("merchant_id");

-- CreateIndex
CREATE INDEX "webhook_delivery_endpoint_id_idx" ON "webhook_delivery"("endpoint_id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_delivery_notification_id_endpoint_id_key" ON "webhook_delivery"("notification_id", "endpoint_id");

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "csv_upload" ADD CONSTRAINT "csv_upload_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "csv_upload" ADD CONSTRAINT "csv_upload_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "csv_upload_chunk" ADD CONSTRAINT "csv_upload_chunk_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "csv_upload"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "backer" ADD CONSTRAINT "backer_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product" ADD CONSTRAINT "product_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pledge" ADD CONSTRAINT "pledge_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pledge" ADD CONSTRAINT "pledge_backer_id_fkey" FOREIGN KEY ("backer_id") REFERENCES "backer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pledge_item" ADD CONSTRAINT "pledge_item_pledge_id_fkey" FOREIGN KEY ("pledge_id") REFERENCES "pledge"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pledge_item" ADD CONSTRAINT "pledge_item_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey" ADD CONSTRAINT "survey_pledge_id_fkey" FOREIGN KEY ("pledge_id") REFERENCES "pledge"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey" ADD CONSTRAINT "survey_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory" ADD CONSTRAINT "inventory_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory" ADD CONSTRAINT "inventory_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mapping_template" ADD CONSTRAINT "mapping_template_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "csv_upload"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_endpoint" ADD CONSTRAINT "webhook_endpoint_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notification"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what schema.prisma cannot declare.

-- Chunks are large and short-lived: lz4 packs them several times faster than the default. Not every server has it.
DO $$
BEGIN
  ALTER TABLE "csv_upload_chunk" ALTER COLUMN "data" SET COMPRESSION lz4;
EXCEPTION
  WHEN feature_not_supported THEN NULL;
END
$$;

-- Every row is accounted for: the database refuses to call a chunk done when one is missing.
ALTER TABLE "csv_upload_chunk"
  ADD CONSTRAINT "csv_upload_chunk_imported_count_check" CHECK ("imported_count" >= 0),
  ADD CONSTRAINT "csv_upload_chunk_rejected_count_check" CHECK ("rejected_count" >= 0),
  ADD CONSTRAINT "csv_upload_chunk_every_row_check"
    CHECK ("status" <> 'COMPLETED' OR "imported_count" + "rejected_count" = "row_count");

ALTER TABLE "pledge_item"
  ADD CONSTRAINT "pledge_item_quantity_check" CHECK ("quantity" > 0);

-- Chunks write backers last, after the pledges that name them: chunks that share a backer wait for each other only then.
ALTER TABLE "pledge" ALTER CONSTRAINT "pledge_backer_id_fkey" DEFERRABLE INITIALLY DEFERRED;
