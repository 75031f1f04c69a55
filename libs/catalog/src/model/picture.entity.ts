import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('picture')
export class PictureEntity {
  @PrimaryColumn('varchar', { length: 200 })
  path!: string;

  @Column('varchar', { length: 100 })
  contentType!: string;

  @Column('text')
  body!: string;
}
