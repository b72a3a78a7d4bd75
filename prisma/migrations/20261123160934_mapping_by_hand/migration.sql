-- AlterTable
ALTER TABLE "csv_upload_file" ADD COLUMN     "columns" JSONB;

-- AlterTable
ALTER TABLE "mapping_template" DROP COLUMN "mapping",
ADD COLUMN     "columns" JSONB,
ADD COLUMN     "platform" TEXT NOT NULL;
