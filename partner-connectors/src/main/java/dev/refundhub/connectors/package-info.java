/** Chooses the partner of each account: the only place that knows them all. */
package dev.refundhub.connectors;
