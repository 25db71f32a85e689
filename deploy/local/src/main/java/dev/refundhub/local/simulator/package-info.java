/** Partners as they are documented, for one machine: they do what they promise, remember it, and misbehave on request. */
package dev.refundhub.local.simulator;
