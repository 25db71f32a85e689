/**
 * What the services say to each other: a record per message, its topic and its CloudEvents type.
 *
 * <p>Amounts end in {@code Minor} and are minor units of the currency beside them. A component is never null unless its
 * description says so; a list is never null, it may be empty. Readers of news tolerate unknown fields and unknown words;
 * readers of instructions carry out nothing they do not understand. Fields are added, never renamed or used again; an added one is boxed, since it is
 * missing in what was written before.
 */
package dev.refundhub.messages;
