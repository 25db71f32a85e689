/** What the journal knows of a partner, and what a partner's answer can mean. */
package dev.refundhub.connectors.partner;
