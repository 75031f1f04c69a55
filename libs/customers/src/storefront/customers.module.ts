import { Module } from '@nestjs/common';
import { NewPasswords, PasswordHasher, PasswordStrength, SignInThrottle } from '#libs/credentials';
import { DatabaseClock } from '#libs/database';
import type { Clock } from '#libs/kernel';
import { CustomersModelModule } from '../model/customers-model.module.js';
import { AddressBook } from './address-book.js';
import { CreditReader } from './credit.reader.js';
import { PasswordEditor } from './password.editor.js';
import { ProfileEditor } from './profile.editor.js';
import { RegistrationEditor } from './registration.editor.js';
import { ShopperSessionEditor } from './shopper-session.editor.js';
import { ShopperSessionRepository } from './shopper-session.repository.js';
import { WishList } from './wish-list.js';

/** Registering, signing in, and what customers do with what is theirs. Needs the database and cache modules. */
@Module({
  imports: [CustomersModelModule],
  providers: [
    AddressBook,
    CreditReader,
    WishList,
    PasswordHasher,
    PasswordStrength,
    NewPasswords,
    {
      provide: SignInThrottle,
      inject: [DatabaseClock],
      useFactory: (clock: Clock) => new SignInThrottle(clock),
    },
    ShopperSessionRepository,
    ShopperSessionEditor,
    RegistrationEditor,
    PasswordEditor,
    ProfileEditor,
  ],
  exports: [
    AddressBook,
    CreditReader,
    WishList,
    ShopperSessionEditor,
    RegistrationEditor,
    PasswordEditor,
    ProfileEditor,
  ],
})
export class CustomersModule {}
