/** The call journal: an instruction is a row, and what is done for it is written before it is done. */
package dev.refundhub.connectors.journal;
