-- AlterTable
ALTER TABLE "csv_upload" ADD COLUMN     "hints" JSONB;
