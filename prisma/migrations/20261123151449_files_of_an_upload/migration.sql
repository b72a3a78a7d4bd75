-- AlterTable
ALTER TABLE "csv_upload_chunk" ADD COLUMN     "file_index" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "csv_upload_file" (
    "upload_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "name" TEXT,
    "sheet" TEXT,
    "skipped" TEXT,
    "format" JSONB,
    "first_row" INTEGER NOT NULL DEFAULT 1,
    "row_count" INTEGER NOT NULL DEFAULT 0,
    "platform" TEXT,
    "detection" JSONB,
    "date_orders" JSONB,

    CONSTRAINT "csv_upload_file_pkey" PRIMARY KEY ("upload_id","index")
);

-- AddForeignKey
ALTER TABLE "csv_upload_file" ADD CONSTRAINT "csv_upload_file_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "csv_upload"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what schema.prisma cannot declare.

-- Uploads from before had one file each.
INSERT INTO "csv_upload_file" ("upload_id", "index", "row_count", "platform", "detection")
SELECT "id", 0, "row_count", "platform", "detection" FROM "csv_upload" WHERE "sealed_at" IS NOT NULL;
