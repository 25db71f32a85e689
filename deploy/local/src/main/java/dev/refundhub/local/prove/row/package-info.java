/** What is done to the hub while it works, and how it is made whole again. */
package dev.refundhub.local.prove.row;
