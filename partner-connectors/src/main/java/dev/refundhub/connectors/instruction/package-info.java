/** Instructions as they come: orders are understood whole or not carried out, and never changed once they are heard. */
package dev.refundhub.connectors.instruction;
