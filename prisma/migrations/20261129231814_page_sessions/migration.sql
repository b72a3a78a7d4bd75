-- CreateTable
CREATE TABLE "page_session" (
    "id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "is_link" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "page_session_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "page_session_hash_key" ON "page_session"("hash");

-- CreateIndex
CREATE INDEX "page_session_key_id_idx" ON "page_session"("key_id");

-- CreateIndex
CREATE INDEX "page_session_expires_at_idx" ON "page_session"("expires_at");

-- AddForeignKey
ALTER TABLE "page_session" ADD CONSTRAINT "page_session_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what schema.prisma cannot declare. See docs/decisions/0027-the-second-wall.md.
ALTER TABLE "page_session" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "page_session" USING (EXISTS (SELECT FROM "api_key" WHERE "api_key"."id" = "key_id"));
SELECT "build_wall"();
