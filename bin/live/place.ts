export type Outputs = Readonly<Record<string, string>>;

/** Where a run deploys: AWS, or an emulator that lacks parts of it. */
export interface Place {
  /** Settings that every stage needs there. */
  readonly settings: object;
  /** The steps that it cannot do, by name, with the reason. They count as skipped, not as passed. */
  readonly cannot: Readonly<Record<string, string>>;
  /** Change a synthesised template before it is deployed. @param file the template of the stack */
  adapt(file: string): void;
  /** Return outputs with addresses that this machine can reach. */
  reach(outputs: Outputs): Promise<Outputs>;
  /** How often to ask whether something has happened. */
  readonly pollMs: number;
}

export const AWS: Place = {
  settings: {},
  cannot: {},
  adapt() {},
  reach: async (outputs) => outputs,
  pollMs: 5000,
};
