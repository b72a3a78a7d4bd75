-- AlterTable
ALTER TABLE "csv_upload_chunk" ADD COLUMN     "sibling_rows" INTEGER[];
