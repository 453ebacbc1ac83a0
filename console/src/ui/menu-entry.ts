export interface MenuEntry<Id extends string> {
  readonly id: Id;
  readonly text: string;
  readonly isDangerous?: boolean;
}
