/** Shipped Suite: confirms what was really paid, so that it reimburses it. Known from the vendor's own Magento module. */
package dev.refundhub.connectors.shippedsuite;
