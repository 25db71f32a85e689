/** One HTTP exchange with a partner: sent once or not at all, and it is known which. */
package dev.refundhub.connectors.exchange;
