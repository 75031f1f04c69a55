import { z } from 'zod';
import { customerLimits } from '#libs/customers';
import { addressBody, pageOf, plainText } from '#libs/http';
import { locale, money } from '../catalog/storefront.schemas.js';

const email = z.email().max(customerLimits.email);
/** Not checked for its strength here: what was chosen once must be tried. */
const password = z.string().min(1).max(200);
const newPassword = z.string().min(12).max(200);
const mailToken = z.string().min(1).max(100).describe('From the link of the mail.');
const name = plainText(customerLimits.name);

export const registrationBody = z.strictObject({
  email,
  password: newPassword,
  name,
  locale: locale.optional(),
});
export type RegistrationBody = z.infer<typeof registrationBody>;

export const verificationBody = z.strictObject({ token: mailToken });
export type VerificationBody = z.infer<typeof verificationBody>;

export const resetRequestBody = z.strictObject({ email });
export type ResetRequestBody = z.infer<typeof resetRequestBody>;

export const resetBody = z.strictObject({ token: mailToken, password: newPassword });
export type ResetBody = z.infer<typeof resetBody>;

export const passwordBody = z.strictObject({ currentPassword: password, newPassword });
export type PasswordBody = z.infer<typeof passwordBody>;

export const acceptedAnswer = z.object({
  isAccepted: z.literal(true).describe('The mailbox is told what came of it, and nobody else.'),
});
export type AcceptedAnswer = z.infer<typeof acceptedAnswer>;

export const signInBody = z.strictObject({
  email: z.string().min(1).max(customerLimits.email),
  password,
  cart: z
    .strictObject({ id: z.uuid(), token: z.string().min(1).max(200) })
    .optional()
    .describe('The cart of the guest; it becomes the customer’s, or its items go into theirs.'),
});
export type SignInBody = z.infer<typeof signInBody>;

export const sessionAnswer = z.object({
  id: z.uuid(),
  token: z.string().describe('Send it as `Authorization: Bearer`. Shown only here.'),
  expiresAt: z.iso.datetime(),
  customerId: z.uuid(),
  cart: z
    .object({
      id: z.uuid(),
      leftOut: z
        .array(z.object({ variantId: z.uuid(), quantity: z.number().int() }))
        .describe('What found no place in the customer’s cart.'),
    })
    .nullable()
    .describe('null: no cart was brought, or its token opened none.'),
});
export type SessionAnswer = z.infer<typeof sessionAnswer>;

const ownSessionAnswer = z.object({
  id: z.uuid(),
  device: z.string().nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  isCurrent: z.boolean().describe('Whether this request is made with it.'),
});
export type OwnSessionAnswer = z.infer<typeof ownSessionAnswer>;

export const ownSessionPage = pageOf(ownSessionAnswer);

export const profileBody = z
  .strictObject({ name, phone: plainText(customerLimits.phone).nullable(), locale })
  .partial();
export type ProfileBody = z.infer<typeof profileBody>;

export const profileAnswer = z.object({
  id: z.uuid(),
  version: z.number().int(),
  store: z.string(),
  email: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  locale: z.string(),
  group: z.string().nullable().describe('Code of the group whose promotions apply.'),
  createdAt: z.iso.datetime(),
});
export type ProfileAnswer = z.infer<typeof profileAnswer>;

export const bookedAddressBody = z.strictObject({
  address: addressBody,
  isDefaultShipping: z.boolean().default(false),
  isDefaultBilling: z.boolean().default(false),
});
export type BookedAddressBody = z.infer<typeof bookedAddressBody>;

export const bookedAddressAnswer = z.object({
  id: z.uuid(),
  version: z.number().int(),
  address: addressBody,
  isDefaultShipping: z.boolean(),
  isDefaultBilling: z.boolean(),
});
export type BookedAddressAnswer = z.infer<typeof bookedAddressAnswer>;

export const addressBookAnswer = z.object({ items: z.array(bookedAddressAnswer) });
export type AddressBookAnswer = z.infer<typeof addressBookAnswer>;

export const skuParams = z.strictObject({ sku: z.string().min(1).max(200) });
export type SkuParams = z.infer<typeof skuParams>;

export const wishListAnswer = z.object({
  items: z.array(
    z.object({
      variantId: z.uuid(),
      productId: z.uuid(),
      sku: z.string().nullable(),
      slug: z.string().nullable(),
      name: z.string().nullable().describe('null: it is not sold any more.'),
    }),
  ),
});
export type WishListAnswer = z.infer<typeof wishListAnswer>;

export const balanceAnswer = z.object({
  items: z.array(
    z.object({
      balance: money.describe('Below zero: owed.'),
      limit: money.describe('How far below zero orders may take it.'),
      version: z.number().int().describe('Counts up with every entry of the ledger.'),
    }),
  ),
});
export type BalanceAnswer = z.infer<typeof balanceAnswer>;
