import type { components } from '../../../client/schema.d.ts';

type Schemas = components['schemas'];

export type DeliveryState = Schemas['DeliveryState'];
export type EventDelivery = Schemas['EventDelivery'];
export type EventSummary = Schemas['EventSummary'];
export type EventType = Schemas['EventType'];
export type FitWarning = Schemas['FitWarning'];
export type Job = Schemas['Job'];
export type Misfit = Schemas['Misfit'];
export type NewSubscription = Schemas['NewSubscription'];
export type PendingDelivery = Schemas['PendingDelivery'];
export type Preview = Schemas['Preview'];
export type PreviewFault = NonNullable<Preview['fault']>;
export type ProjectSummary = Schemas['ProjectSummary'];
export type PublishedEvent = Schemas['Event'];
export type ReplayJob = Schemas['ReplayJob'];
export type ReplayRequest = Schemas['ReplayRequest'];
export type SubscriptionPatch = Schemas['SubscriptionPatch'];
export type Traffic = Schemas['Traffic'];
export type Usage = Schemas['Usage'];
