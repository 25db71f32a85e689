/** Violet: refunds of bags, after Violet's own OpenAPI. */
package dev.refundhub.local.simulator.violet;
