import { Module } from '@nestjs/common';
import { PasswordHasher, PasswordStrength, SignInThrottle } from '#libs/credentials';
import { DatabaseClock } from '#libs/database';
import type { Clock } from '#libs/kernel';
import { CustomerLookup } from '../model/customer-lookup.js';
import { MailTokenRepository } from '../model/mail-token.repository.js';
import { PasswordEditor } from './password.editor.js';
import { ProfileEditor } from './profile.editor.js';
import { RegistrationEditor } from './registration.editor.js';
import { ShopperSessionEditor } from './shopper-session.editor.js';
import { ShopperSessionRepository } from './shopper-session.repository.js';

/** Registering, signing in, and what customers do with what is theirs. Needs the database and cache modules. */
@Module({
  providers: [
    PasswordHasher,
    PasswordStrength,
    {
      provide: SignInThrottle,
      inject: [DatabaseClock],
      useFactory: (clock: Clock) => new SignInThrottle(clock),
    },
    CustomerLookup,
    MailTokenRepository,
    ShopperSessionRepository,
    ShopperSessionEditor,
    RegistrationEditor,
    PasswordEditor,
    ProfileEditor,
  ],
  exports: [ShopperSessionEditor, RegistrationEditor, PasswordEditor, ProfileEditor],
})
export class CustomersModule {}
