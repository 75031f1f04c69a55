import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OrderNotes } from '#authoring/orders';
import {
  Answers,
  idParams,
  isoTime,
  plainText,
  RequirePermission,
  type IdParams,
} from '#libs/http';
import { z } from 'zod';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';

const noteBody = z.strictObject({ note: plainText(2_000) });
type NoteBody = z.infer<typeof noteBody>;

const noteAnswer = z.object({
  id: z.uuid(),
  author: z.string().nullable(),
  note: z.string(),
  createdAt: z.iso.datetime(),
});
type NoteAnswer = z.infer<typeof noteAnswer>;

const notesAnswer = z.object({ items: z.array(noteAnswer) });
type NotesAnswer = z.infer<typeof notesAnswer>;

/** What staff note about an order; shoppers never see it. */
@ApiTags('Orders')
@Controller('orders/:id/notes')
export class OrderNoteController {
  constructor(private readonly notes: OrderNotes) {}

  @Get()
  @RequirePermission('orders:order:read')
  @ApiOperation({ summary: 'List the notes of an order' })
  @Answers(200, notesAnswer, 'Newest first, at most 200.')
  async list(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
  ): Promise<NotesAnswer> {
    const notes = await this.notes.list({ storeCode, id });
    return { items: notes.map(answerOf) };
  }

  @Post()
  @RequirePermission('orders:order:update')
  @ApiOperation({ summary: 'Add a note to an order' })
  @Answers(201, noteAnswer, 'The note.')
  async add(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @Body({ schema: noteBody }) { note }: NoteBody,
  ): Promise<NoteAnswer> {
    return answerOf(await this.notes.add({ storeCode, id }, note));
  }
}

function answerOf({ createdAt, ...note }: Awaited<ReturnType<OrderNotes['add']>>): NoteAnswer {
  return { ...note, createdAt: isoTime(createdAt) };
}
