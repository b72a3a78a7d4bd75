-- AlterTable
ALTER TABLE "csv_upload_file" ADD COLUMN     "newest_at" TIMESTAMPTZ(3);
