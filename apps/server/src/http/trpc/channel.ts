import { z } from "zod"
import { channelCreate, channelEdit, entityId, modelName } from "../../contract/index.ts"
import { createChannel } from "../../core/channel/create-channel.ts"
import { deleteChannel } from "../../core/channel/delete-channel.ts"
import { listChannels } from "../../core/channel/list-channels.ts"
import { listProviders } from "../../core/channel/list-providers.ts"
import { testChannel } from "../../core/channel/test-channel.ts"
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

  test: member
    .input(one.extend({ model: modelName }))
    .mutation(({ ctx, input }) => testChannel(ctx.deps, ctx.actor, input.id, input.model)),
})
