-- AlterTable
ALTER TABLE "backer" ADD COLUMN     "told_digest" UUID;

-- AlterTable
ALTER TABLE "pledge" ADD COLUMN     "told_digest" UUID;

-- AlterTable
ALTER TABLE "product" ADD COLUMN     "told_digest" UUID;

-- AlterTable
ALTER TABLE "survey" ADD COLUMN     "told_digest" UUID;
