/** Shipped Suite: the confirmation of a refund request, after what the vendor's own module sends. */
package dev.refundhub.local.simulator.shippedsuite;
