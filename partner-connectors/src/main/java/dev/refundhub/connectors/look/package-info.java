/** Looks into a bag: what refunds it has at the partner, told to whoever asked. */
package dev.refundhub.connectors.look;
