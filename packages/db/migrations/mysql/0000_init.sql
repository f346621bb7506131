CREATE TABLE `accounts` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`available` bigint NOT NULL,
	`held` bigint NOT NULL,
	CONSTRAINT `accounts_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `api_keys` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`name` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`hash` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`hint` varchar(8) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`created_at` bigint NOT NULL,
	`revoked_at` bigint,
	CONSTRAINT `api_keys_id` PRIMARY KEY(`id`),
	CONSTRAINT `api_keys_hash` UNIQUE(`hash`)
);
--> statement-breakpoint
CREATE TABLE `audit_log` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`at` bigint NOT NULL,
	`actor_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`act` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`target_id` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`before` longtext character set utf8mb4 collate utf8mb4_bin,
	`after` longtext character set utf8mb4 collate utf8mb4_bin,
	CONSTRAINT `audit_log_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `channels` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`name` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`enabled` boolean NOT NULL,
	`config` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`secrets` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`updated_at` bigint NOT NULL,
	CONSTRAINT `channels_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `conversations` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`title` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`model` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`leaf_id` varchar(36) character set utf8mb4 collate utf8mb4_bin,
	`created_at` bigint NOT NULL,
	`updated_at` bigint NOT NULL,
	CONSTRAINT `conversations_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `holds` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`account_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`amount` bigint NOT NULL,
	`state` varchar(16) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`charge` bigint NOT NULL,
	`usage` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`created_at` bigint NOT NULL,
	`expires_at` bigint NOT NULL,
	CONSTRAINT `holds_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `messages` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`conversation_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`parent_id` varchar(36) character set utf8mb4 collate utf8mb4_bin,
	`role` varchar(16) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`text` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`reasoning` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`images` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`model` varchar(255) character set utf8mb4 collate utf8mb4_bin,
	`state` varchar(16) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`failure` longtext character set utf8mb4 collate utf8mb4_bin,
	`input_tokens` int,
	`output_tokens` int,
	`charge` bigint,
	`created_at` bigint NOT NULL,
	`finished_at` bigint,
	CONSTRAINT `messages_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `prices` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`position` int NOT NULL,
	`type` varchar(16) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`models` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`input` bigint NOT NULL,
	`output` bigint NOT NULL,
	`anonymous` boolean NOT NULL,
	`updated_at` bigint NOT NULL,
	CONSTRAINT `prices_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `revisions` (
	`topic` varchar(32) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`value` bigint NOT NULL,
	CONSTRAINT `revisions_topic` PRIMARY KEY(`topic`)
);
--> statement-breakpoint
CREATE TABLE `runs` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`conversation_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`message_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`node_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`seq` int NOT NULL,
	`stop_asked` boolean NOT NULL,
	`started_at` bigint NOT NULL,
	`alive_until` bigint NOT NULL,
	CONSTRAINT `runs_id` PRIMARY KEY(`id`),
	CONSTRAINT `runs_conversation` UNIQUE(`conversation_id`)
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`created_at` bigint NOT NULL,
	`expires_at` bigint NOT NULL,
	`user_agent` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	CONSTRAINT `sessions_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`value` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`updated_at` bigint NOT NULL,
	CONSTRAINT `settings_key` PRIMARY KEY(`key`)
);
--> statement-breakpoint
CREATE TABLE `transfers` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`from_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`to_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`amount` bigint NOT NULL,
	`reference` varchar(96) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`reason` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`created_at` bigint NOT NULL,
	CONSTRAINT `transfers_id` PRIMARY KEY(`id`),
	CONSTRAINT `transfers_reference` UNIQUE(`reference`)
);
--> statement-breakpoint
CREATE TABLE `usage_hours` (
	`hour` int NOT NULL,
	`model` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`channel_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`user_group` varchar(16) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`shard` int NOT NULL,
	`requests` bigint NOT NULL,
	`failures` bigint NOT NULL,
	`input_tokens` bigint NOT NULL,
	`output_tokens` bigint NOT NULL,
	`charge` bigint NOT NULL,
	`written_off` bigint NOT NULL,
	CONSTRAINT `usage_hours_key` PRIMARY KEY(`hour`,`model`,`channel_id`,`user_group`,`shard`)
);
--> statement-breakpoint
CREATE TABLE `usage_log` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`at` bigint NOT NULL,
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`key_id` varchar(36) character set utf8mb4 collate utf8mb4_bin,
	`source` varchar(16) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`model` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`channel_id` varchar(36) character set utf8mb4 collate utf8mb4_bin,
	`user_group` varchar(16) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`input_tokens` int NOT NULL,
	`output_tokens` int NOT NULL,
	`cached_tokens` int NOT NULL,
	`reasoning_tokens` int NOT NULL,
	`usage_from` varchar(16) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`charge` bigint NOT NULL,
	`written_off` bigint NOT NULL,
	`price` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`outcome` varchar(16) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`error_code` varchar(64) character set utf8mb4 collate utf8mb4_bin,
	`first_ms` int,
	`total_ms` int NOT NULL,
	CONSTRAINT `usage_log_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`name` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`name_key` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`password_hash` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`role` varchar(16) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`state` varchar(16) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`password_expired` boolean NOT NULL,
	`created_at` bigint NOT NULL,
	CONSTRAINT `users_id` PRIMARY KEY(`id`),
	CONSTRAINT `users_name_key` UNIQUE(`name_key`)
);
--> statement-breakpoint
CREATE INDEX `api_keys_user` ON `api_keys` (`user_id`);--> statement-breakpoint
CREATE INDEX `audit_log_at` ON `audit_log` (`at`);--> statement-breakpoint
CREATE INDEX `conversations_recent` ON `conversations` (`user_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `holds_expiry` ON `holds` (`state`,`expires_at`);--> statement-breakpoint
CREATE INDEX `messages_conversation` ON `messages` (`conversation_id`,`id`);--> statement-breakpoint
CREATE INDEX `prices_position` ON `prices` (`position`);--> statement-breakpoint
CREATE INDEX `runs_node` ON `runs` (`node_id`);--> statement-breakpoint
CREATE INDEX `runs_alive` ON `runs` (`alive_until`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE INDEX `transfers_from` ON `transfers` (`from_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `transfers_to` ON `transfers` (`to_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `usage_log_at` ON `usage_log` (`at`);--> statement-breakpoint
CREATE INDEX `usage_log_user` ON `usage_log` (`user_id`,`at`);