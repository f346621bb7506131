import { z } from "zod"
import {
  channelBulkEdit,
  channelCreate,
  channelDraft,
  channelEdit,
  channelFile,
  channelIds,
  channelRestore,
  channelTestPlan,
  entityId,
  modelName,
} from "../../contract/index.ts"
import { createChannel } from "../../core/channel/create-channel.ts"
import { deleteChannel, deleteChannels } from "../../core/channel/delete-channel.ts"
import { duplicateChannel } from "../../core/channel/duplicate-channel.ts"
import { editChannels } from "../../core/channel/edit-channels.ts"
import { exportChannels } from "../../core/channel/export-channels.ts"
import { fetchModels } from "../../core/channel/fetch-models.ts"
import { importChannels } from "../../core/channel/import-channels.ts"
import { listChannelHealth } from "../../core/channel/list-channel-health.ts"
import { listChannels } from "../../core/channel/list-channels.ts"
import { listProviders } from "../../core/channel/list-providers.ts"
import { restoreChannel } from "../../core/channel/restore-channel.ts"
import { testChannel } from "../../core/channel/test-channel.ts"
import { getTestRound, testChannels } from "../../core/channel/test-channels.ts"
import { updateChannel } from "../../core/channel/update-channel.ts"
import { member, router } from "./init.ts"

const one = z.object({ id: entityId })

export const channelRouter = router({
  providers: member.query(({ ctx }) => listProviders(ctx.deps, ctx.actor)),

  list: member.query(({ ctx }) => listChannels(ctx.deps, ctx.actor)),

  create: member
    .input(channelCreate)
    .mutation(({ ctx, input }) => createChannel(ctx.deps, ctx.actor, input)),

  update: member
    .input(one.extend({ edit: channelEdit }))
    .mutation(({ ctx, input }) => updateChannel(ctx.deps, ctx.actor, input.id, input.edit)),

  delete: member
    .input(one)
    .mutation(({ ctx, input }) => deleteChannel(ctx.deps, ctx.actor, input.id)),

  duplicate: member
    .input(one)
    .mutation(({ ctx, input }) => duplicateChannel(ctx.deps, ctx.actor, input.id)),

  /** The same edit to many. */
  updateMany: member
    .input(z.object({ ids: channelIds, edit: channelBulkEdit }))
    .mutation(({ ctx, input }) => editChannels(ctx.deps, ctx.actor, input.ids, input.edit)),

  deleteMany: member
    .input(z.object({ ids: channelIds }))
    .mutation(({ ctx, input }) => deleteChannels(ctx.deps, ctx.actor, input.ids)),

  /** A mutation, since it is written down and may hold secrets. */
  export: member
    .input(z.object({ ids: channelIds.optional(), withSecrets: z.boolean() }))
    .mutation(({ ctx, input }) => exportChannels(ctx.deps, ctx.actor, input)),

  import: member
    .input(channelFile)
    .mutation(({ ctx, input }) => importChannels(ctx.deps, ctx.actor, input)),

  fetchModels: member
    .input(channelDraft)
    .mutation(({ ctx, input }) => fetchModels(ctx.deps, ctx.actor, input)),

  testMany: member
    .input(channelTestPlan)
    .mutation(({ ctx, input }) => testChannels(ctx.deps, ctx.actor, input)),

  testRound: member
    .input(z.object({ roundId: entityId }))
    .query(({ ctx, input }) => getTestRound(ctx.deps, ctx.actor, input.roundId)),

  /** Who sits out, why, and until when. */
  health: member.query(({ ctx }) => listChannelHealth(ctx.deps, ctx.actor)),

  /** Puts back in use what sits out. */
  restore: member
    .input(channelRestore)
    .mutation(({ ctx, input }) => restoreChannel(ctx.deps, ctx.actor, input)),

  test: member
    .input(one.extend({ model: modelName }))
    .mutation(({ ctx, input }) => testChannel(ctx.deps, ctx.actor, input.id, input.model)),
})
