import { Body, Controller, Header, HttpCode, Ip, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { PasswordEditor, RegistrationEditor } from '#libs/customers';
import { Answers, AnswersProblem, Public } from '#libs/http';
import { StoreReader } from '#libs/stores';
import { storeParams, type StoreParams } from '../catalog/storefront.schemas.js';
import {
  acceptedAnswer,
  registrationBody,
  resetBody,
  resetRequestBody,
  verificationBody,
  type AcceptedAnswer,
  type RegistrationBody,
  type ResetBody,
  type ResetRequestBody,
  type VerificationBody,
} from './customer.schemas.js';

const ACCEPTED: AcceptedAnswer = { isAccepted: true };

/** Becoming a customer, and getting back in. No answer tells who is one. */
@Public()
@ApiTags('Customers')
@Controller('stores/:store')
export class RegistrationController {
  constructor(
    private readonly stores: StoreReader,
    private readonly registrations: RegistrationEditor,
    private readonly passwords: PasswordEditor,
  ) {}

  @Post('customers')
  @HttpCode(202)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Register' })
  @Answers(202, acceptedAnswer, 'A mail is on its way; also when the address is a customer’s.')
  @AnswersProblem(429)
  async register(
    @Param({ schema: storeParams }) { store }: StoreParams,
    @Body({ schema: registrationBody }) body: RegistrationBody,
    @Ip() address: string,
  ): Promise<AcceptedAnswer> {
    const sight = await this.stores.sight(store, body.locale);
    const { locale } = sight;
    await this.registrations.register({ ...body, store: sight.store, locale, address });
    return ACCEPTED;
  }

  @Post('customers/verification')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Confirm one’s e-mail address' })
  @Answers(204, undefined, 'The address is confirmed; sign in.')
  async verify(
    @Param({ schema: storeParams }) { store }: StoreParams,
    @Body({ schema: verificationBody }) { token }: VerificationBody,
  ): Promise<void> {
    const { id } = await this.stores.get(store);
    await this.registrations.verify(id, token);
  }

  @Post('password-resets')
  @HttpCode(202)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Ask for a mail to set a new password' })
  @Answers(202, acceptedAnswer, 'A mail is on its way when the address is a customer’s.')
  @AnswersProblem(429)
  async askForReset(
    @Param({ schema: storeParams }) { store }: StoreParams,
    @Body({ schema: resetRequestBody }) { email }: ResetRequestBody,
    @Ip() address: string,
  ): Promise<AcceptedAnswer> {
    const { id } = await this.stores.get(store);
    await this.passwords.askForReset(id, email, address);
    return ACCEPTED;
  }

  @Post('password-resets/completion')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Set a new password by the link of a mail' })
  @Answers(204, undefined, 'The password is set, and every session has ended; sign in.')
  async reset(
    @Param({ schema: storeParams }) { store }: StoreParams,
    @Body({ schema: resetBody }) { token, password }: ResetBody,
  ): Promise<void> {
    const { id } = await this.stores.get(store);
    await this.passwords.reset(id, token, password);
  }
}
