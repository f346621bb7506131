CREATE TABLE `stored_responses` (
	`id` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`key_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`previous_id` varchar(64) character set utf8mb4 collate utf8mb4_bin,
	`channel_id` varchar(36) character set utf8mb4 collate utf8mb4_bin,
	`upstream_id` varchar(128) character set utf8mb4 collate utf8mb4_bin,
	`input` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`body` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`created_at` bigint NOT NULL,
	`expires_at` bigint NOT NULL,
	CONSTRAINT `stored_responses_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
ALTER TABLE `api_keys` ADD `limits` longtext character set utf8mb4 collate utf8mb4_bin;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `spend_cap` bigint;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `spent` bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `last_used_at` bigint;--> statement-breakpoint
ALTER TABLE `usage_log` ADD `upstream_model` varchar(255) character set utf8mb4 collate utf8mb4_bin;--> statement-breakpoint
ALTER TABLE `usage_log` ADD `attempts` int DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `usage_log` ADD `cache_write_tokens` int DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `usage_log` ADD `audio_tokens` int DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `usage_log` ADD `images` int DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `usage_log` ADD `cost` bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `usage_log` ADD `finish` varchar(16) character set utf8mb4 collate utf8mb4_bin;--> statement-breakpoint
CREATE INDEX `stored_responses_key` ON `stored_responses` (`key_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `stored_responses_expiry` ON `stored_responses` (`expires_at`);