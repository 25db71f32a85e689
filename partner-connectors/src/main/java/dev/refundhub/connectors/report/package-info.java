/** Tells refunds-service what the journal holds: through the row, so that a crash repeats the report and nothing else. */
package dev.refundhub.connectors.report;
