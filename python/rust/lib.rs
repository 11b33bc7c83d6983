//! The reader and the ledger for Python. What is kind to Python people is written in Python, in `src/legation`.

mod article;
mod ledger;
mod reader;
mod slips;

use pyo3::prelude::*;

/// Tensors come and go by the megabyte: the system's allocator would give their pages back each time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<article::NativeArticles>()?;
    module.add_class::<reader::NativeReader>()?;
    module.add_class::<reader::NativeRecord>()?;
    module.add_class::<ledger::NativeLedger>()?;
    module.add_class::<slips::NativeNames>()?;
    module.add_function(wrap_pyfunction!(slips::slips, module)?)?;
    module.add_function(wrap_pyfunction!(slips::ledger_id, module)?)?;
    module.add_function(wrap_pyfunction!(slips::knowledge, module)?)
}
