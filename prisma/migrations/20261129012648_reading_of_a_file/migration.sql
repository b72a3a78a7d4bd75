-- AlterTable
ALTER TABLE "csv_upload_file" ADD COLUMN     "reading" JSONB,
ADD COLUMN     "suggestion" JSONB;
