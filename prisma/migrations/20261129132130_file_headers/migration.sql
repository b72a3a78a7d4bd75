-- AlterTable
ALTER TABLE "csv_upload_file" ADD COLUMN     "headers" JSON;
