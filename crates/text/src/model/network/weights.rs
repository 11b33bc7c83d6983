//! The weights' file: named tensors in the safetensors format.

use safetensors::{Dtype, SafeTensors, tensor::TensorView};

/// The tensors of a file.
pub struct Weights<'a>(SafeTensors<'a>);

impl<'a> Weights<'a> {
    /// Opens a file's bytes.
    pub fn open(bytes: &'a [u8]) -> Result<Self, String> {
        SafeTensors::deserialize(bytes).map(Self).map_err(|error| error.to_string())
    }

    fn tensor(&self, name: &str, kind: Dtype) -> Result<TensorView<'a>, String> {
        let found = self.0.tensor(name).map_err(|error| format!("{name}: {error}"))?;
        if found.dtype() == kind { Ok(found) } else { Err(format!("{name}: {:?} expected", kind)) }
    }

    /// A matrix of int8 values, with its numbers of rows and columns.
    pub fn bytes(&self, name: &str) -> Result<([usize; 2], Vec<i8>), String> {
        let (shape, bytes) = self.raw(name)?;
        Ok((shape, bytes.iter().map(|byte| *byte as i8).collect()))
    }

    /// The same without a copy, each value the bits of an `i8`.
    pub fn raw(&self, name: &str) -> Result<([usize; 2], &'a [u8]), String> {
        let tensor = self.tensor(name, Dtype::I8)?;
        let shape = tensor.shape().try_into().map_err(|_| format!("{name}: a matrix expected"))?;
        Ok((shape, tensor.data()))
    }

    /// Single-precision values, row after row.
    pub fn floats(&self, name: &str) -> Result<Vec<f32>, String> {
        let tensor = self.tensor(name, Dtype::F32)?;
        let (values, _) = tensor.data().as_chunks::<4>();
        Ok(values.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }
}
