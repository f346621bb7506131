CREATE TABLE `suspended_keys` (
	`key_id` varchar(16) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`channel_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`message` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`since` bigint NOT NULL,
	CONSTRAINT `suspended_keys_key_id` PRIMARY KEY(`key_id`)
);
--> statement-breakpoint
CREATE INDEX `suspended_keys_channel` ON `suspended_keys` (`channel_id`);