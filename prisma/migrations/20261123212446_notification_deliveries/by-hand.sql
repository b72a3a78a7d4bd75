-- By hand: what schema.prisma cannot declare.

-- What was told before there were deliveries is not sent now.
UPDATE "notification" SET "routed_at" = "created_at";
