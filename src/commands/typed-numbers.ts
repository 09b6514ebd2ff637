import { InvalidArgumentError } from "commander";

/** The number typed behind an option. @throws InvalidArgumentError where it is none */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError(`'${text}' is not a number`);
  return value;
}

/** A count of at least one. @throws InvalidArgumentError where it is none */
export function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(`'${text}' is not a whole number from 1`);
  return value;
}
