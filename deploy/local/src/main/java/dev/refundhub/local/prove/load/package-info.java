/** What partners, shoppers and sellers do to the hub, by seeded dice, and what they themselves know of it afterwards. */
package dev.refundhub.local.prove.load;
